"""Stub."""

from flask import Blueprint

pages = Blueprint("first_run", __name__)
