resource "google_cloud_scheduler_job" "job" {
  for_each = local.jobs

  project   = var.project
  region    = var.region
  name      = each.key
  schedule  = each.value.schedule
  time_zone = "Etc/UTC"
  # Explicit, so that a paused job appears in the plan and apply resumes it.
  paused = false

  pubsub_target {
    topic_name = google_pubsub_topic.topic[each.key].id
    data       = base64encode(each.value.body)
  }

  # A repeated request joins the same run: ingest creates one run record per month.
  retry_config {
    retry_count          = 5
    min_backoff_duration = "30s"
    max_backoff_duration = "600s"
    max_doublings        = 5
  }

  depends_on = [time_sleep.services]
}
