"""The domain: pure types and rules of the dialogue, without input, output, clock or plug-ins."""
