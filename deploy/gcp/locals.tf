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

  # Rank holds about 350 MB and keeps two cores busy; shadow starts a worker per core; materialise
  # draws the report. The others wait for stores. An event is redelivered after 600 s: who ends at 540
  # is never at it twice for that reason alone.
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
  # A redelivery beside a stuck first one; more would only be a storm.
  maximum_instances = 3

  functions = {
    for name, function in local.topology.functions : name => {
      name = "${var.function_prefix}${name}"
      # Archives for Node.js 22 know a function by its name only.
      entry_point = var.source_runtime == "nodejs22" ? name : function.entry_point
      account_id  = "live-pool-${name}"
      account     = "live-pool-${name}@${var.project}.iam.gserviceaccount.com"
      cpu         = local.compute[name].cpu
      memory      = local.compute[name].memory
      environment = merge(local.environment, { ACTOR = "live-pool-${name}@${var.project}.iam.gserviceaccount.com" })
    }
  }

  environment = merge(var.settings, {
    # The functions framework answers what it cannot use with a stack and paths otherwise.
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

  # A push subscription has the name of its function. Dead letters are found by the code, by names that
  # no prefix changes.
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

# Who may do what
locals {
  # In Cloud Storage, writing over an object is creating one and deleting one.
  verbs = {
    create  = ["storage.objects.create"]
    read    = ["storage.objects.get"]
    replace = ["storage.objects.create", "storage.objects.delete"]
    list    = ["storage.objects.list"]
  }

  # Everybody who is given anything, with what the code says that they need.
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

  # One binding for a verb, on the prefixes where it is given. Listing asks about the bucket, never
  # about an object: a condition on objects' names would refuse it always, and what it can be
  # narrowed by (objectListPrefix) counts in credential access boundaries only. So it is given on
  # the bucket: names and sizes, never content. Without it a missing object is 403 instead of 404.
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

  # What was given up is looked at, and taken away once it is dealt with, by people.
  dead_letter_bindings = merge([for member in var.operators : {
    for dead_letter in keys(local.dead_letters) : "operator ${member}/${dead_letter}" => {
      member      = member
      dead_letter = dead_letter
    }
  }]...)

  # To see whatever the runbook asks for; to change the deployment takes its owner.
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

  # Building takes an account of its own: the default one may do next to nothing in newer
  # organisations and nearly everything in older ones.
  # It reads archives from buckets whose names Google chooses; the data is none of its business.
  builder_roles = {
    "roles/artifactregistry.writer" = null
    "roles/logging.logWriter"       = null
    "roles/storage.objectViewer"    = "!resource.name.startsWith(\"projects/_/buckets/${var.bucket}/\") && resource.name != \"projects/_/buckets/${var.bucket}\""
  }
}

# What the bucket forgets. Releases, events, evidence and snapshots are in no rule.
locals {
  lifecycle_rules = [
    { prefix = "scratch/", state = "LIVE", days = 30 },
    { prefix = "scratch/", state = "ARCHIVED", days = 7 },
    { prefix = "market-data/", state = "ARCHIVED", days = 30 },
    { prefix = "shadow/", state = "ARCHIVED", days = 30 },
    { prefix = "current/", state = "ARCHIVED", days = 365 },
  ]
}

# What is counted, and when somebody is told. RUNBOOK.md has one section per alarm, under its key.
locals {
  metrics = local.topology.metrics
  metric  = "logging.googleapis.com/user/live_pool"

  # Filters name what they are about: other subscriptions and services may live in the project.
  push_names        = join(",", [for subscription in local.subscriptions : jsonencode(subscription.name)])
  dead_letter_names = join(",", [for name in keys(local.dead_letters) : jsonencode(name)])

  # What counts events hears nothing once they are over: silence ends such an alarm, or the next failure
  # would fall into it and tell nobody. Elsewhere silence is no good news.
  closes = {
    without_events = "3600s"
    without_data   = "604800s"
  }

  alarms = merge(
    {
      dead_letters = {
        severity = "CRITICAL"
        title    = "A message was given up"
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
        # Longer than twelve attempts that fail at once: what is given up is the dead letters' alarm.
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
      # What dies of memory or time writes no line of its own.
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
        title    = "Messages come again and again"
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric}/delivered_again\""
        aligner  = "ALIGN_DELTA"
        reducer  = "REDUCE_SUM"
        group_by = ["metric.label.stage"]
        period   = "3600s"
        above    = 2
        closes   = local.closes.without_events
      }
    },
    # Reconcile measures it twice a day. Readers refuse the release once it is older than they allow.
    { for index, alarm in local.topology.release_age_alarms : "release_age_${alarm.days}" => {
      severity = ["WARNING", "ERROR", "CRITICAL"][index]
      title    = "What readers see is older than ${alarm.days} days"
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"${local.metric}/release_age_days\""
      aligner  = "ALIGN_PERCENTILE_99"
      reducer  = "REDUCE_MAX"
      group_by = []
      # A day and an hour, the most that there is: the next morning's measurement is in it for sure,
      # and a younger release still ends the alarm.
      period = "90000s"
      above  = alarm.threshold
      closes = local.closes.without_data
    } },
  )

  log_alarms = {
    scheduler = {
      severity = "ERROR"
      title    = "Cloud Scheduler could not ask for a run"
      filter   = "resource.type=\"cloud_scheduler_job\" AND severity>=ERROR AND resource.labels.job_id=(${join(" OR ", [for name in keys(local.jobs) : jsonencode(name)])})"
    }
  }
}
