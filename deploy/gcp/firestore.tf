resource "google_firestore_database" "this" {
  project     = var.project
  name        = var.firestore_database
  location_id = var.firestore_location
  type        = "FIRESTORE_NATIVE"

  # The ledger is in here: seven days to the minute, and nobody deletes it by accident.
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "ABANDON"

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [time_sleep.services]
}

# Point-in-time recovery goes with the database; backups outlive it.
resource "google_firestore_backup_schedule" "daily" {
  project   = var.project
  database  = google_firestore_database.this.name
  retention = "2419200s" # four weeks

  daily_recurrence {}
}
