"""The security headers of every answer. No address outside this machine is allowed in any of them."""

from __future__ import annotations

from collections.abc import Mapping

WORKBOOK_POLICY = "; ".join(
    (
        # JupyterLab's widget manager compiles code and styles as it loads; nothing outside this server may be loaded all the same.
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
        "connect-src 'self' blob: data:",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    )
)
"""For the workbook page and the files it loads."""

PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
"""For the pages of this server and its answers to requests: nothing inline runs."""

DOCUMENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline' 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    )
)
"""For summaries, which carry their own style and pictures and no script."""

REVIEW_POLICY = f"{DOCUMENT_POLICY}; script-src 'self'; connect-src 'self'; form-action 'none'"
"""For a summary with a coach's boxes beside it: this server's own modules run, and save to this server."""


def security_headers(content_policy: str, *, https: bool) -> Mapping[str, str]:
    """Give the headers of every answer; ``https`` adds the promise to be asked by https only."""
    headers = {
        "Content-Security-Policy": content_policy,
        # Not "no-referrer": browsers then send forms with "Origin: null", and the check against forged forms refuses them.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    return headers | {"Strict-Transport-Security": "max-age=31536000"} if https else headers
