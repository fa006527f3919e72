variable "project" {
  description = "The id of the project, not its number."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "Expected the id of a project, such as live-pool-production, not its number."
  }
}

variable "region" {
  description = "Where functions, builds and schedules run."
  type        = string
  default     = "europe-west1"
}

variable "function_prefix" {
  description = "Prefix of the names of functions, their services and their push subscriptions. A change replaces them."
  type        = string
  default     = "live-pool-"

  validation {
    condition     = can(regex("^([a-z][a-z0-9-]{0,29})?$", var.function_prefix))
    error_message = "Expected at most 30 lower-case letters, digits and hyphens that begin with a letter, or nothing."
  }
}

variable "bucket" {
  description = "The name of the bucket of releases, current, evidence and the archive. It is created here."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,55}[a-z0-9]$", var.bucket))
    error_message = "Expected the name of a bucket of at most 57 characters, without gs://."
  }
}

variable "bucket_location" {
  description = "Location of the buckets: a region, a dual region or a multi-region."
  type        = string
  default     = "EU"
}

variable "firestore_location" {
  description = "Location of the database: a region, or the multi-region eur3 or nam5."
  type        = string
  default     = "eur3"
}

variable "firestore_database" {
  description = "The database of the document and the ledger. One that exists must be imported first."
  type        = string
  default     = "(default)"
}

variable "root_prefix" {
  description = "Prefix of every object name; null for the code's default."
  type        = string
  default     = null

  validation {
    condition     = var.root_prefix == null || can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$", var.root_prefix))
    error_message = "Expected segments of letters, digits, ., _ and -, without slashes at the ends."
  }
}

variable "settings" {
  description = "Optional environment variables of the functions, by name: MODE, POOL_SIZE, MARKET_DATA_SOURCE and so on; see shared/gcp/README.md."
  type        = map(string)
  default     = {}

  validation {
    # The other variables are set by resources of this module.
    condition = length(setsubtract(keys(var.settings), setsubtract(
      jsondecode(file("${path.module}/topology.json")).variables.optional,
      ["ACTOR", "FIRESTORE_DATABASE", "ROOT_PREFIX"],
    ))) == 0
    error_message = "Expected names of optional variables of shared/gcp/README.md other than ACTOR, FIRESTORE_DATABASE and ROOT_PREFIX."
  }
}

variable "source_archive" {
  description = "The archive that npm run package creates."
  type        = string
  default     = "../../build/live-pool-functions.zip"
}

variable "source_runtime" {
  description = "The runtime of the archive; nodejs22 for an archive from before the change to Node.js 24."
  type        = string
  default     = "nodejs24"

  validation {
    condition     = contains(["nodejs22", "nodejs24"], var.source_runtime)
    error_message = "Expected nodejs24, or nodejs22 for an earlier archive."
  }
}

variable "source_revision" {
  description = "The commit that the archive was built from. Every release records it."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{40}$", var.source_revision))
    error_message = "Expected the 40 hexadecimal digits of a commit: git rev-parse HEAD."
  }
}

variable "schedules" {
  description = "Schedule of each scheduled topic, in UTC. A month's last day closes at midnight of the 1st; reconcile less often than every 23 hours raises the alarm `silence`."
  type        = map(string)
  default = {
    monthly-run-requested = "30 0 1 * *"
    reconcile-requested   = "15 6,18 * * *"
  }

  validation {
    condition     = toset(keys(var.schedules)) == toset(jsondecode(file("${path.module}/topology.json")).scheduled_topics)
    error_message = "Expected one schedule for each of the scheduled topics, and no other."
  }
}

variable "operators" {
  description = "Who may use live-pool on this project, as IAM members: user:…, group:… or serviceAccount:…"
  type        = list(string)
  default     = []
}

variable "consumers" {
  description = "IAM members who may subscribe to live-pool-published and read the releases."
  type        = list(string)
  default     = []
}

variable "alert_email" {
  description = "Address that alarms are sent to."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.alert_email))
    error_message = "Expected an e-mail address."
  }
}

variable "billing_account" {
  description = "The project's billing account, for the budget; null for no budget."
  type        = string
  default     = null
}

variable "monthly_budget" {
  description = "Whole units of the billing account's currency."
  type        = number
  default     = 20
}
