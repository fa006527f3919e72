resource "google_logging_metric" "metric" {
  for_each = local.metrics

  project     = var.project
  name        = "live_pool/${each.key}"
  description = each.value.description
  filter      = each.value.filter

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = each.value.value == null ? "INT64" : "DISTRIBUTION"
    unit        = each.value.unit

    dynamic "labels" {
      for_each = each.value.labels
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }

  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }
  value_extractor  = each.value.value == null ? null : "EXTRACT(jsonPayload.${each.value.value})"

  # A percentile is interpolated within its bucket, so alarm thresholds are bucket bounds.
  dynamic "bucket_options" {
    for_each = each.value.value == null ? [] : [each.value.bounds]
    content {
      dynamic "explicit_buckets" {
        for_each = length(bucket_options.value) == 0 ? [] : [bucket_options.value]
        content {
          bounds = explicit_buckets.value
        }
      }
      dynamic "exponential_buckets" {
        for_each = length(bucket_options.value) == 0 ? [true] : []
        content {
          num_finite_buckets = 64
          growth_factor      = 1.4
          scale              = 1
        }
      }
    }
  }

  depends_on = [time_sleep.services]
}

resource "google_monitoring_notification_channel" "email" {
  project      = var.project
  display_name = "Live pool"
  type         = "email"
  labels = {
    email_address = var.alert_email
  }

  depends_on = [time_sleep.services]
}

resource "google_monitoring_alert_policy" "alarm" {
  for_each = local.alarms

  project      = var.project
  display_name = "Live pool: ${each.value.title}"
  severity     = each.value.severity
  combiner     = "OR"

  conditions {
    display_name = each.value.title

    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "0s"

      aggregations {
        alignment_period     = each.value.period
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
        group_by_fields      = each.value.group_by
      }
    }
  }

  alert_strategy {
    auto_close = each.value.closes
  }

  notification_channels = [google_monitoring_notification_channel.email.id]

  documentation {
    mime_type = "text/markdown"
    content   = "See deploy/gcp/RUNBOOK.md, section `${each.key}`."
  }

  # Cloud Monitoring rejects an alarm on a metric that it does not know yet.
  depends_on = [time_sleep.metrics]
}

# The age alarms need measurements: a paused schedule would silence them. The longest absence
# duration is shorter than a day, so reconcile runs more often than daily.
resource "google_monitoring_alert_policy" "silence" {
  project      = var.project
  display_name = "Live pool: The release age is not reported"
  severity     = "ERROR"
  combiner     = "OR"

  conditions {
    display_name = "The release age is not reported"

    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric}/release_age_days\" AND metric.labels.stage=\"reconcile\""
      duration = "84600s"

      # A new revision starts a new time series and the old one ends, so they are aggregated.
      aggregations {
        alignment_period     = "3600s"
        per_series_aligner   = "ALIGN_PERCENTILE_99"
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.email.id]

  documentation {
    mime_type = "text/markdown"
    content   = "See deploy/gcp/RUNBOOK.md, section `silence`."
  }

  depends_on = [time_sleep.metrics]
}

# Cloud Scheduler has no metric for failed jobs, so this alarm matches its log.
resource "google_monitoring_alert_policy" "log_alarm" {
  for_each = local.log_alarms

  project      = var.project
  display_name = "Live pool: ${each.value.title}"
  severity     = each.value.severity
  combiner     = "OR"

  conditions {
    display_name = each.value.title

    condition_matched_log {
      filter = each.value.filter
    }
  }

  # A log match never resolves, so the incident closes automatically.
  alert_strategy {
    auto_close = "3600s"
    notification_rate_limit {
      period = "3600s"
    }
  }

  notification_channels = [google_monitoring_notification_channel.email.id]

  documentation {
    mime_type = "text/markdown"
    content   = "See deploy/gcp/RUNBOOK.md, section `${each.key}`."
  }
}
