"""The sample workspace: fictional people, titles and history.

`making.make_sample` makes it as plain values (`values`); `fill.fill` writes it into an empty workspace.
"""
