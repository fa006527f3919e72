data "google_project" "this" {
  project_id = var.project
}

resource "google_project_service" "service" {
  for_each = toset(local.services)

  project = var.project
  service = each.value
  # Other users of the project may depend on the service.
  disable_on_destroy = false
}
