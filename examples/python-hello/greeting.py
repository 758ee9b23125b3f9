"""What the application has to say."""

import os

LONGEST_NAME = 50


def greet(name):
    """Greets someone; a blank name greets the world."""
    whom = name.strip() or "world"
    if len(whom) > LONGEST_NAME:
        raise ValueError(f"a name has at most {LONGEST_NAME} letters")
    return f"{os.environ.get('GREETING', 'Hello')}, {whom}!"
