resource "google_firestore_database" "this" {
  project     = var.project
  name        = var.firestore_database
  location_id = var.firestore_location
  type        = "FIRESTORE_NATIVE"

  # Holds the ledger: recovery to any minute of seven days, and protection from deletion.
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "ABANDON"

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [time_sleep.services]
}

# Point-in-time recovery ends when the database is deleted; backups remain.
resource "google_firestore_backup_schedule" "daily" {
  project   = var.project
  database  = google_firestore_database.this.name
  retention = "2419200s" # four weeks

  daily_recurrence {}
}
