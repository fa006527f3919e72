# Everything that is computed, as plain maps: no resource and no provider is needed to see what they
# hold, and the tests do look. What the code needs comes from topology.json, which is generated.

locals {
  topology    = jsondecode(file("${path.module}/topology.json"))
  root_prefix = coalesce(var.root_prefix, local.topology.defaults.root_prefix)
  database    = "projects/${var.project}/databases/${var.firestore_database}"

  services = [
    "artifactregistry.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudfunctions.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "storage.googleapis.com",
  ]

  # Rank needs about 350 MB and two cores; shadow starts a worker per core; materialise renders the
  # report. The others mostly wait for stores. Pub/Sub redelivers after 600 s, so a timeout of 540 s
  # prevents two deliveries of a message from running at once.
  compute = {
    ingest         = { cpu = "1", memory = "1Gi" }
    rank           = { cpu = "2", memory = "2Gi" }
    materialise    = { cpu = "1", memory = "1Gi" }
    promote        = { cpu = "1", memory = "512Mi" }
    sync-firestore = { cpu = "1", memory = "512Mi" }
    reconcile      = { cpu = "1", memory = "512Mi" }
    shadow         = { cpu = "4", memory = "4Gi" }
  }
  timeout_seconds = 540
  # Allows a redelivery while the first delivery hangs; more instances have no use.
  maximum_instances = 3

  functions = {
    for name, function in local.topology.functions : name => {
      name = "${var.function_prefix}${name}"
      # Archives for Node.js 22 use the function's bare name as the entry point.
      entry_point = var.source_runtime == "nodejs22" ? name : function.entry_point
      account_id  = "live-pool-${name}"
      account     = "live-pool-${name}@${var.project}.iam.gserviceaccount.com"
      cpu         = local.compute[name].cpu
      memory      = local.compute[name].memory
      environment = merge(local.environment, { ACTOR = "live-pool-${name}@${var.project}.iam.gserviceaccount.com" })
    }
  }

  environment = merge(var.settings, {
    # Otherwise the functions framework returns stack traces with paths for invalid requests.
    NODE_ENV             = "production"
    GOOGLE_CLOUD_PROJECT = var.project
    BUCKET               = var.bucket
    SOURCE_REVISION      = var.source_revision
    ROOT_PREFIX          = local.root_prefix
    FIRESTORE_DATABASE   = var.firestore_database
  })
}

# Pub/Sub
locals {
  delivery = local.topology.delivery

  # A push subscription has the name of its function. The code finds dead letters by their names, so
  # these have no prefix.
  subscriptions = { for name, function in local.topology.functions : name => {
    name        = local.functions[name].name
    topic       = function.topic
    dead_letter = function.dead_letter
    path        = "projects/${var.project}/topics/${function.topic}"
  } }
  dead_letters = { for name, function in local.topology.functions : function.dead_letter => name }
  topics       = toset(concat(local.topology.topics, keys(local.dead_letters)))

  jobs = { for topic, schedule in var.schedules : topic => {
    schedule = schedule
    body     = "{}"
  } }
}

# Permissions
locals {
  # In Cloud Storage, overwriting an object requires permission to create and to delete.
  verbs = {
    create  = ["storage.objects.create"]
    read    = ["storage.objects.get"]
    replace = ["storage.objects.create", "storage.objects.delete"]
    list    = ["storage.objects.list"]
  }

  # All principals, with the permissions that the code declares for them.
  grants = merge(
    { for name, function in local.functions : name => {
      member    = "serviceAccount:${function.account}"
      objects   = local.topology.functions[name].objects
      documents = local.topology.functions[name].documents
      publishes = local.topology.functions[name].publishes
    } },
    { for member in var.operators : "operator ${member}" => {
      member    = member
      objects   = local.topology.operators.objects
      documents = local.topology.operators.documents
      publishes = local.topology.operators.publishes
    } },
    { for member in var.consumers : "consumer ${member}" => {
      member    = member
      objects   = local.topology.consumers.objects
      documents = local.topology.consumers.documents
      publishes = local.topology.consumers.publishes
    } },
  )

  # One binding per verb, on the prefixes that it covers. Listing is a permission on the bucket, not
  # on an object: a condition on object names would always deny it, and objectListPrefix works in
  # credential access boundaries only. So it is granted on the bucket, and shows names and sizes but
  # no content. Without it Cloud Storage returns 403 instead of 404 for a missing object.
  object_bindings = merge([for who, grant in local.grants : {
    for verb in distinct(flatten(values(grant.objects))) : "${who}/${verb}" => {
      member   = grant.member
      verb     = verb
      prefixes = sort([for prefix, verbs in grant.objects : prefix if contains(verbs, verb)])
      condition = verb == "list" ? null : join(" || ", [
        for prefix in sort([for prefix, verbs in grant.objects : prefix if contains(verbs, verb)]) :
        "resource.name.startsWith(\"projects/_/buckets/${var.bucket}/objects/${local.root_prefix}/${prefix}\")"
      ])
    }
  }]...)

  document_roles = { read = "roles/datastore.viewer", write = "roles/datastore.user" }
  document_bindings = { for who, grant in local.grants : who => {
    member = grant.member
    role   = local.document_roles[grant.documents]
  } if grant.documents != "none" }

  publisher_bindings = merge([for who, grant in local.grants : {
    for topic in grant.publishes : "${who}/${topic}" => {
      member = grant.member
      topic  = topic
    }
  }]...)

  subscriber_bindings = merge([for member in var.consumers : {
    for topic in local.topology.consumers.subscribes : "consumer ${member}/${topic}" => {
      member = member
      topic  = topic
    }
  }]...)

  # Operators inspect dead letters, and discard them when they are resolved.
  dead_letter_bindings = merge([for member in var.operators : {
    for dead_letter in keys(local.dead_letters) : "operator ${member}/${dead_letter}" => {
      member      = member
      dead_letter = dead_letter
    }
  }]...)

  # Read access for the runbook; changing the deployment requires the project owner.
  operator_roles = [
    "roles/cloudscheduler.viewer",
    "roles/logging.viewer",
    "roles/monitoring.viewer",
    "roles/pubsub.viewer",
    "roles/run.viewer",
    "roles/serviceusage.serviceUsageConsumer",
  ]
  operator_bindings = merge([for member in var.operators : {
    for role in local.operator_roles : "operator ${member}/${role}" => {
      member = member
      role   = role
    }
  }]...)

  # Builds use a separate account: the default one has almost no permissions in newer organisations
  # and almost all in older ones. It reads archives from buckets that Google names, and has no
  # access to the data bucket.
  builder_roles = {
    "roles/artifactregistry.writer" = null
    "roles/logging.logWriter"       = null
    "roles/storage.objectViewer"    = "!resource.name.startsWith(\"projects/_/buckets/${var.bucket}/\") && resource.name != \"projects/_/buckets/${var.bucket}\""
  }
}

# Lifecycle rules of the bucket. No rule covers releases, events, evidence and snapshots.
locals {
  lifecycle_rules = [
    { prefix = "scratch/", state = "LIVE", days = 30 },
    { prefix = "scratch/", state = "ARCHIVED", days = 7 },
    { prefix = "market-data/", state = "ARCHIVED", days = 30 },
    { prefix = "shadow/", state = "ARCHIVED", days = 30 },
    { prefix = "current/", state = "ARCHIVED", days = 365 },
  ]
}

# Metrics and alarms. RUNBOOK.md has one section per alarm, under its key.
locals {
  metrics = local.topology.metrics
  metric  = "logging.googleapis.com/user/live_pool"

  # Filters name the resources, because the project may have other subscriptions and services.
  push_names        = join(",", [for subscription in local.subscriptions : jsonencode(subscription.name)])
  dead_letter_names = join(",", [for name in keys(local.dead_letters) : jsonencode(name)])

  # A metric that counts events has no data when there are no events: missing data closes such an
  # alarm, or the next failure would join the open incident without a mail. For other metrics
  # missing data does not close the alarm.
  closes = {
    without_events = "3600s"
    without_data   = "604800s"
  }

  alarms = merge(
    {
      dead_letters = {
        severity = "CRITICAL"
        title    = "A message was dead-lettered"
        filter   = "resource.type=\"pubsub_subscription\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.labels.subscription_id=one_of(${local.dead_letter_names})"
        aligner  = "ALIGN_MAX"
        reducer  = "REDUCE_MAX"
        group_by = ["resource.label.subscription_id"]
        period   = "300s"
        above    = 0
        closes   = local.closes.without_data
      }
      backlog = {
        severity = "ERROR"
        title    = "A message has waited for more than 90 minutes"
        filter   = "resource.type=\"pubsub_subscription\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" AND resource.labels.subscription_id=one_of(${local.push_names})"
        aligner  = "ALIGN_MAX"
        reducer  = "REDUCE_MAX"
        group_by = ["resource.label.subscription_id"]
        period   = "300s"
        # Longer than twelve attempts that fail immediately: after these the dead_letters alarm
        # fires.
        above  = 5400
        closes = local.closes.without_data
      }
      error_rate = {
        severity = "ERROR"
        title    = "A function fails more than three times an hour"
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric}/failures\""
        aligner  = "ALIGN_DELTA"
        reducer  = "REDUCE_SUM"
        group_by = ["metric.label.stage"]
        period   = "3600s"
        above    = 3
        closes   = local.closes.without_events
      }
      # A function that exceeds memory or time logs no line of its own.
      server_errors = {
        severity = "ERROR"
        title    = "A function answers 5xx more than three times an hour"
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\" AND resource.labels.service_name=one_of(${local.push_names})"
        aligner  = "ALIGN_DELTA"
        reducer  = "REDUCE_SUM"
        group_by = ["resource.label.service_name"]
        period   = "3600s"
        above    = 3
        closes   = local.closes.without_events
      }
      retries = {
        severity = "WARNING"
        title    = "Messages are redelivered repeatedly"
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric}/delivered_again\""
        aligner  = "ALIGN_DELTA"
        reducer  = "REDUCE_SUM"
        group_by = ["metric.label.stage"]
        period   = "3600s"
        above    = 2
        closes   = local.closes.without_events
      }
    },
    # Reconcile measures the age twice a day. Readers reject a release that is too old.
    { for index, alarm in local.topology.release_age_alarms : "release_age_${alarm.days}" => {
      severity = ["WARNING", "ERROR", "CRITICAL"][index]
      title    = "What readers see is older than ${alarm.days} days"
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric}/release_age_days\""
      aligner  = "ALIGN_PERCENTILE_99"
      reducer  = "REDUCE_MAX"
      group_by = []
      # 25 hours, the maximum: it always includes the next morning's measurement, and a new release
      # still closes the alarm.
      period = "90000s"
      above  = alarm.threshold
      closes = local.closes.without_data
    } },
  )

  log_alarms = {
    scheduler = {
      severity = "ERROR"
      title    = "Cloud Scheduler could not publish a request"
      filter   = "resource.type=\"cloud_scheduler_job\" AND severity>=ERROR AND resource.labels.job_id=(${join(" OR ", [for name in keys(local.jobs) : jsonencode(name)])})"
    }
  }
}
