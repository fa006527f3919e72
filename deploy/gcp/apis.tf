data "google_project" "this" {
  project_id = var.project
}

resource "google_project_service" "service" {
  for_each = toset(local.services)

  project = var.project
  service = each.value
  # Others in the project may have come to rely on it.
  disable_on_destroy = false
}
