"""Every page, in the real browser, with the role that sees most of it."""

from typing import Any

from buendnisnetz.web.proof import axe
from buendnisnetz.web.proof.site import Site


def test_every_route_has_no_barrier_that_axe_can_find(
    site: Site, routes: list[dict[str, Any]]
) -> None:
    visits = [(axe.richest_role(route), route) for route in axe.checkable(routes)]
    report = axe.check(url=site.url, visits=visits)
    assert report.pages > 60
    assert report.findings == []


def test_public_pages_have_no_barrier_for_visitors(
    site: Site, routes: list[dict[str, Any]]
) -> None:
    visits = [(axe.PUBLIC, route) for route in axe.checkable(routes) if route["public"]]
    report = axe.check(url=site.url, visits=visits)
    assert report.pages > 15
    assert report.findings == []
