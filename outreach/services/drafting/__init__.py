"""Letters of a workspace: drafted from its facts, looked through, approved, handed out and kept."""
