"""Actions (动作): every change, and every read, of what people entered. The doors call nothing else.

Each takes `by=`, asks for a right and its scope first, then for the thing, then changes it and
writes the journal in one transaction. A read asks, writes its entry, and only then answers. An
attempt that is refused is journalled without its subject, outside what was rolled back.
"""
