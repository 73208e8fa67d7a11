"""Letters: template files, facts, rendering in a sandbox, and the bytes of a message. Nothing here touches storage.

`templates` reads and writes template files, `facts` names what a template may show, `sandbox` makes one letter per
person from both, and `message` turns a letter into an e-mail.
"""
