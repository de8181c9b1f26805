"""Amazon Cognito identity pools at the shell."""

# A literal: asking the package metadata costs more than starting Python does.
__version__ = "0.1.0"
