resource "google_pubsub_topic" "topic" {
  for_each = local.topics

  project = var.project
  name    = each.value

  depends_on = [time_sleep.services]
}

# Push subscriptions instead of Eventarc triggers, because they allow us to set deadline, retries,
# dead letters and retention, and to retry a failed function.
resource "google_pubsub_subscription" "push" {
  for_each = local.subscriptions

  project = var.project
  name    = each.value.name
  topic   = google_pubsub_topic.topic[each.value.topic].id

  ack_deadline_seconds       = local.delivery.ack_deadline_seconds
  message_retention_duration = "${local.delivery.retention_days * 86400}s"

  push_config {
    # The functions framework reads the topic from the end of the path.
    push_endpoint = "${google_cloudfunctions2_function.function[each.key].service_config[0].uri}/${each.value.path}"

    oidc_token {
      service_account_email = google_service_account.push.email
      # Cloud Run accepts tokens for the service URL only, not for a path below it.
      audience = google_cloudfunctions2_function.function[each.key].service_config[0].uri
    }
  }

  retry_policy {
    minimum_backoff = "${local.delivery.minimum_backoff_seconds}s"
    maximum_backoff = "${local.delivery.maximum_backoff_seconds}s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.topic[each.value.dead_letter].id
    max_delivery_attempts = local.delivery.maximum_attempts
  }

  # Never expire: a month without a message is normal.
  expiration_policy {
    ttl = ""
  }
}

# Dead-lettered messages are retained here for operators.
resource "google_pubsub_subscription" "dead_letter" {
  for_each = local.dead_letters

  project = var.project
  name    = each.key
  topic   = google_pubsub_topic.topic[each.key].id

  # A peek returns messages immediately; an interrupted peek hides them for this long.
  ack_deadline_seconds       = 60
  message_retention_duration = "${local.delivery.dead_letter_retention_days * 86400}s"

  expiration_policy {
    ttl = ""
  }
}
