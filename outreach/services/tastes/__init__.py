"""The taste ledger: what people and their followers enjoy, what that rests on, and how far it has faded."""
