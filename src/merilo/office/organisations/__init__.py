"""The register of organisations, their branches and forms of service."""
