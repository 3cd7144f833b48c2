"""What every answer says to the browser, and which hosts are answered at all."""

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from matcher.settings import Settings
from webapp.forms import known_path

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # data: is the two-factor code's picture
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # forms check where they come from, so not "no-referrer"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",  # what is behind a sign-in, or a link that was given to somebody
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"  # a year, the least that preload lists take
STATIC_SECONDS = 31_536_000  # their URL changes with them


def install(app: Flask, settings: Settings) -> None:
    """Answer only our own host and give every answer its headers."""
    app.config["TRUSTED_HOSTS"] = [settings.host]
    app.config["TRUSTED_PROXIES"] = settings.trusted_proxies
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.secure:
            response.headers["Strict-Transport-Security"] = HSTS
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable"
        elif request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return _redirect_home_ground(response)


def _redirect_home_ground(response: Response) -> Response:
    """Every redirect stays on a path of ours, and a POST is followed by a GET; Flask-Security's too."""
    if response.location:
        target = response.location.removeprefix(request.host_url.rstrip("/"))
        response.location = known_path(target) or "/"
        if request.method == "POST":
            response.status_code = 303
    return response
