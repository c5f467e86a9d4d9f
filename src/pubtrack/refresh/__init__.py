"""What registries say of the store's works, as proposals: base, mine and theirs in, what may change out; pure."""
