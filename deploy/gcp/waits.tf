# Changes in Google Cloud take effect with a delay, and no resource reports when they have. These
# waits let the first apply succeed. A wait is repeated only if the names in its triggers change.

# "API has not been used in project … before or it is disabled", right after the service was
# enabled.
resource "time_sleep" "services" {
  create_duration = "60s"
  triggers        = { services = join(" ", local.services) }

  depends_on = [google_project_service.service]
}

# "Service account service-…@gcp-sa-pubsub… does not exist": Google creates a service agent when the
# first topic or job is created.
resource "time_sleep" "agents" {
  create_duration = "60s"

  depends_on = [
    google_pubsub_topic.topic,
    google_cloud_scheduler_job.job,
  ]
}

# Roles take effect within about two minutes. A build that starts earlier cannot read its source,
# and is not retried.
resource "time_sleep" "rights" {
  create_duration = "120s"
  triggers = {
    builder   = join(" ", keys(local.builder_roles))
    functions = join(" ", keys(local.functions))
  }

  depends_on = [
    google_project_iam_member.build,
    google_storage_bucket_iam_member.objects,
    google_project_iam_member.documents,
    google_pubsub_topic_iam_member.publisher,
  ]
}

# "Cannot find metric(s) that match type": Cloud Monitoring registers a new log-based metric within
# ten minutes, and rejects an alarm on it until then.
resource "time_sleep" "metrics" {
  create_duration = "660s"
  triggers        = { metrics = join(" ", keys(local.metrics)) }

  depends_on = [google_logging_metric.metric]
}
