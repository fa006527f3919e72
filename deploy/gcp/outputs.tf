output "project" {
  description = "For --project."
  value       = var.project
}

output "bucket" {
  description = "For --bucket."
  value       = google_storage_bucket.data.name
}

output "root" {
  description = "Location of releases, current and the archive."
  value       = "${google_storage_bucket.data.url}/${local.root_prefix}"
}

output "firestore_database" {
  description = "The database of the document and the ledger."
  value       = google_firestore_database.this.name
}

output "function_prefix" {
  description = "For PREFIX in the runbook."
  value       = var.function_prefix
}

output "function_urls" {
  description = "URLs of the functions. Only Pub/Sub can call them."
  value       = { for name, function in google_cloudfunctions2_function.function : name => function.service_config[0].uri }
}

output "service_accounts" {
  description = "The service account of each function."
  value       = { for name, account in google_service_account.function : name => account.email }
}

output "topics" {
  description = "Every topic, dead letters included."
  value       = sort([for topic in google_pubsub_topic.topic : topic.name])
}

output "subscriptions" {
  description = "The push subscriptions, by function."
  value       = { for name, subscription in google_pubsub_subscription.push : name => subscription.id }
}

output "dead_letter_subscriptions" {
  description = "The dead-letter subscriptions, by function."
  value       = { for name, function in local.dead_letters : function => google_pubsub_subscription.dead_letter[name].id }
}

output "scheduler_jobs" {
  description = "The scheduled requests, with their schedules (UTC)."
  value       = { for name, job in google_cloud_scheduler_job.job : name => job.schedule }
}

output "source_object" {
  description = "The archive that the functions run, named by its SHA-256."
  value       = google_storage_bucket_object.source.name
}
