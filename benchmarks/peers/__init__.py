"""Other ways to do what the generated client does, written by hand as somebody who knows the library would."""
