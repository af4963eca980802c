"""Alder Ridge University: by invitation, a committee first and the unit last, and a Registrar who issues (`cu_boulder`)."""
