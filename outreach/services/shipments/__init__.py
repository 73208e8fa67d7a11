"""Parcels: the batch, the copies in them, what lies beside, labels and costs."""
