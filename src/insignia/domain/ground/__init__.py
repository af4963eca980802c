"""What every floor stands on: tenant scope, ids, clock, failpoints, guarded fetching. No tables."""
