resource "google_storage_bucket" "data" {
  project  = var.project
  name     = var.bucket
  location = var.bucket_location

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  # Allows recovery if IAM failed to prevent a change.
  versioning {
    enabled = true
  }
  soft_delete_policy {
    retention_duration_seconds = 30 * 86400
  }

  dynamic "lifecycle_rule" {
    for_each = local.lifecycle_rules
    content {
      action {
        type = "Delete"
      }
      condition {
        matches_prefix             = ["${local.root_prefix}/${lifecycle_rule.value.prefix}"]
        with_state                 = lifecycle_rule.value.state
        age                        = lifecycle_rule.value.state == "LIVE" ? lifecycle_rule.value.days : null
        days_since_noncurrent_time = lifecycle_rule.value.state == "ARCHIVED" ? lifecycle_rule.value.days : null
      }
    }
  }

  force_destroy = false
  lifecycle {
    prevent_destroy = true
  }

  depends_on = [time_sleep.services]
}

# Source archives of the functions, separate from the data: the builder can read this bucket only.
resource "google_storage_bucket" "source" {
  project  = var.project
  name     = "${var.bucket}-source"
  location = var.bucket_location

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  depends_on = [time_sleep.services]
}

# The name changes with the content, so that a new archive redeploys the functions.
resource "google_storage_bucket_object" "source" {
  bucket = google_storage_bucket.source.name
  name   = "live-pool-functions-${filesha256(var.source_archive)}.zip"
  source = var.source_archive
}
