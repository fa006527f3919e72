terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # The arguments used here were held against the schema of 7.45.
      version = "~> 7.45"
    }
    time = {
      source  = "hashicorp/time"
      version = "~> 0.13"
    }
  }

  # State holds no secrets, but losing it is tedious: keep it in a bucket of its own.
  #   terraform init -backend-config="bucket=<your state bucket>"
  backend "gcs" {
    prefix = "live-pool"
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # The budget's API wants a project to count its own calls on, also for a person's credentials.
  billing_project       = var.project
  user_project_override = true
}
