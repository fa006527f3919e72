terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # The arguments used here were checked against the schema of 7.45.
      version = "~> 7.45"
    }
    time = {
      source  = "hashicorp/time"
      version = "~> 0.13"
    }
  }

  # The state contains no secrets, but is tedious to recreate: keep it in a separate bucket.
  #   terraform init -backend-config="bucket=<your state bucket>"
  backend "gcs" {
    prefix = "live-pool"
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # The budget API requires a quota project, also for user credentials.
  billing_project       = var.project
  user_project_override = true
}
