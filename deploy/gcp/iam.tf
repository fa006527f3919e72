resource "google_service_account" "function" {
  for_each = local.functions

  project      = var.project
  account_id   = each.value.account_id
  display_name = "Live pool: ${each.key}"

  depends_on = [time_sleep.services]
}

# Objects. A role for a verb, because no predefined one creates without more, and a condition on the
# names: releases/ can be created and read and nothing else, so that write-once is more than a habit.
resource "google_project_iam_custom_role" "objects" {
  for_each = local.verbs

  project     = var.project
  role_id     = "livePoolObjects_${each.key}"
  title       = "Live pool: ${each.key} objects"
  permissions = each.value

  depends_on = [time_sleep.services]
}

resource "google_storage_bucket_iam_member" "objects" {
  for_each = local.object_bindings

  bucket = google_storage_bucket.data.name
  role   = google_project_iam_custom_role.objects[each.value.verb].id
  member = each.value.member

  dynamic "condition" {
    for_each = each.value.condition == null ? [] : [each.value.condition]
    content {
      title      = "${each.value.verb} ${join(" ", each.value.prefixes)}"
      expression = condition.value
    }
  }

  depends_on = [google_service_account.function]
}

# A new bucket lets every editor of the project overwrite it, which default service accounts often are.
# Its owners keep that, and nobody else.
resource "google_storage_bucket_iam_binding" "owners" {
  for_each = toset(["roles/storage.legacyBucketOwner", "roles/storage.legacyObjectOwner"])

  bucket  = google_storage_bucket.data.name
  role    = each.value
  members = ["projectOwner:${var.project}"]
}

# Documents. Rights end at the database: Firestore knows none for a collection.
resource "google_project_iam_member" "documents" {
  for_each = local.document_bindings

  project = var.project
  role    = each.value.role
  member  = each.value.member

  condition {
    title      = "live pool database"
    expression = "resource.name == \"${local.database}\""
  }

  depends_on = [google_service_account.function]
}

# Messages.
resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = local.publisher_bindings

  project = var.project
  topic   = google_pubsub_topic.topic[each.value.topic].name
  role    = "roles/pubsub.publisher"
  member  = each.value.member

  depends_on = [google_service_account.function]
}

# On the topic this is the right to attach a subscription of one's own.
resource "google_pubsub_topic_iam_member" "subscriber" {
  for_each = local.subscriber_bindings

  project = var.project
  topic   = google_pubsub_topic.topic[each.value.topic].name
  role    = "roles/pubsub.subscriber"
  member  = each.value.member
}

resource "google_pubsub_subscription_iam_member" "dead_letter_reader" {
  for_each = local.dead_letter_bindings

  project      = var.project
  subscription = google_pubsub_subscription.dead_letter[each.value.dead_letter].name
  role         = "roles/pubsub.subscriber"
  member       = each.value.member
}

resource "google_project_iam_member" "operator" {
  for_each = local.operator_bindings

  project = var.project
  role    = each.value.role
  member  = each.value.member
}

# Pub/Sub calls the functions as this account; nobody else may call them.
resource "google_service_account" "push" {
  project      = var.project
  account_id   = "live-pool-push"
  display_name = "Live pool: Pub/Sub calls the functions"

  depends_on = [time_sleep.services]
}

resource "google_cloud_run_v2_service_iam_member" "push" {
  for_each = local.functions

  project  = var.project
  location = var.region
  name     = google_cloudfunctions2_function.function[each.key].name
  role     = "roles/run.invoker"
  member   = google_service_account.push.member
}

# Pub/Sub's own agent: it signs as the push account, takes what is given up off the subscription and
# publishes it as a dead letter. Without the last two, dead lettering silently does not happen.
resource "google_service_account_iam_member" "pubsub_signs" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  depends_on = [time_sleep.agents]
}

resource "google_pubsub_subscription_iam_member" "pubsub_takes" {
  for_each = local.subscriptions

  project      = var.project
  subscription = google_pubsub_subscription.push[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  depends_on = [time_sleep.agents]
}

resource "google_pubsub_topic_iam_member" "pubsub_parks" {
  for_each = local.dead_letters

  project = var.project
  topic   = google_pubsub_topic.topic[each.key].name
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  depends_on = [time_sleep.agents]
}

# Cloud Scheduler's agent, on the topics that it speaks on.
resource "google_pubsub_topic_iam_member" "scheduler" {
  for_each = local.jobs

  project = var.project
  topic   = google_pubsub_topic.topic[each.key].name
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com"

  depends_on = [time_sleep.agents]
}

resource "google_service_account" "build" {
  project      = var.project
  account_id   = "live-pool-build"
  display_name = "Live pool: builds the functions"

  depends_on = [time_sleep.services]
}

resource "google_project_iam_member" "build" {
  for_each = local.builder_roles

  project = var.project
  role    = each.key
  member  = google_service_account.build.member

  dynamic "condition" {
    for_each = each.value == null ? [] : [each.value]
    content {
      title      = "not the data"
      expression = condition.value
    }
  }
}
