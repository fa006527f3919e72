# What Google Cloud has accepted is not in force at once, and no resource can be asked whether it is.
# Each wait lets the first apply run through. It is repeated when the names in its triggers change, and
# costs other applies nothing.

# "API has not been used in project … before or it is disabled", right after it was switched on.
resource "time_sleep" "services" {
  create_duration = "60s"
  triggers        = { services = join(" ", local.services) }

  depends_on = [google_project_service.service]
}

# "Service account service-…@gcp-sa-pubsub… does not exist": Google makes a service's agent when its
# first topic or job is made.
resource "time_sleep" "agents" {
  create_duration = "60s"

  depends_on = [
    google_pubsub_topic.topic,
    google_cloud_scheduler_job.job,
  ]
}

# Roles take effect within about two minutes. A build that starts earlier cannot read its source, and
# it is not tried again.
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

# "Cannot find metric(s) that match type": Cloud Monitoring learns of a new log-based metric within ten
# minutes, and refuses an alarm on it until then.
resource "time_sleep" "metrics" {
  create_duration = "660s"
  triggers        = { metrics = join(" ", keys(local.metrics)) }

  depends_on = [google_logging_metric.metric]
}
