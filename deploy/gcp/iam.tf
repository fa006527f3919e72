resource "google_service_account" "function" {
  for_each = local.functions

  project      = var.project
  account_id   = each.value.account_id
  display_name = "Live pool: ${each.key}"

  depends_on = [time_sleep.services]
}

# Objects. One custom role per verb, because every predefined role with create grants more, and a
# condition on names: objects under releases/ can only be created and read, so IAM enforces
# write-once.
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

# By default every editor of the project can overwrite a new bucket, and default service accounts
# are often editors. Only owners keep this right.
resource "google_storage_bucket_iam_binding" "owners" {
  for_each = toset(["roles/storage.legacyBucketOwner", "roles/storage.legacyObjectOwner"])

  bucket  = google_storage_bucket.data.name
  role    = each.value
  members = ["projectOwner:${var.project}"]
}

# Documents. Permissions apply to the whole database: Firestore has none for a collection.
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

# On a topic this role permits attaching one's own subscription.
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

# Pub/Sub calls the functions as this account; no other account may call them.
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

# Pub/Sub's service agent signs as the push account, acknowledges dead-lettered messages on the
# subscription and publishes them. Without the last two roles, dead lettering fails silently.
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

resource "google_pubsub_topic_iam_member" "pubsub_dead_letters" {
  for_each = local.dead_letters

  project = var.project
  topic   = google_pubsub_topic.topic[each.key].name
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  depends_on = [time_sleep.agents]
}

# Cloud Scheduler's service agent, on the topics that it publishes to.
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
