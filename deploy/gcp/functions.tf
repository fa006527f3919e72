# Images of the builds. Cloud Functions' default repository, gcf-artifacts, keeps every image
# forever, and Terraform cannot set a cleanup policy on a repository that it did not create.
resource "google_artifact_registry_repository" "images" {
  project       = var.project
  location      = var.region
  repository_id = "live-pool-functions"
  description   = "Images of the functions, pushed by their builds."
  format        = "DOCKER"

  # A keep policy takes precedence over a delete policy. Cloud Run has its own copy of served
  # images.
  cleanup_policy_dry_run = false
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"
    most_recent_versions {
      keep_count = 5
    }
  }
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "30d"
    }
  }

  depends_on = [time_sleep.services]
}

resource "google_cloudfunctions2_function" "function" {
  for_each = local.functions

  project  = var.project
  location = var.region
  name     = each.value.name

  build_config {
    runtime           = var.source_runtime
    entry_point       = each.value.entry_point
    service_account   = google_service_account.build.id
    docker_repository = google_artifact_registry_repository.images.id

    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }
  }

  service_config {
    service_account_email = google_service_account.function[each.key].email
    environment_variables = each.value.environment

    available_cpu                    = each.value.cpu
    available_memory                 = each.value.memory
    timeout_seconds                  = local.timeout_seconds
    min_instance_count               = 0
    max_instance_count               = local.maximum_instances
    max_instance_request_concurrency = 1

    # Pub/Sub in the same project counts as internal.
    ingress_settings               = "ALLOW_INTERNAL_ONLY"
    all_traffic_on_latest_revision = true
  }

  depends_on = [
    time_sleep.services,
    time_sleep.rights,
    google_firestore_database.this,
  ]
}
