"""The OpenAPI 3.1 document of the JSON API and of the endpoint, made from the table of views."""

from __future__ import annotations

from typing import Any

from kg.serve.api import VIEWS, Parameter

__all__ = ["openapi"]


def openapi(title: str, version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the API and of the endpoints that speak RDF."""
    paths: dict[str, Any] = {
        view.path: {
            "get": {
                "operationId": view.name,
                "summary": view.summary,
                "parameters": [_parameter(parameter) for parameter in view.parameters],
                "responses": {
                    "200": {"description": view.summary, "content": {"application/json": {"schema": _ANSWER}}},
                    "400": {"description": "A parameter is missing or wrong", "content": _ERROR},
                    "404": {"description": "Nothing here has that id", "content": _ERROR},
                },
            }
        }
        for view in VIEWS
    }
    paths["/sparql"] = {
        "get": {
            "operationId": "query",
            "summary": "SPARQL 1.1 Protocol; without a query, the service description",
            "parameters": [
                {"name": "query", "in": "query", "required": False, "schema": {"type": "string"}},
                {
                    "name": "default-graph-uri",
                    "in": "query",
                    "required": False,
                    "schema": {"type": "array", "items": {"type": "string"}},
                },
                {
                    "name": "named-graph-uri",
                    "in": "query",
                    "required": False,
                    "schema": {"type": "array", "items": {"type": "string"}},
                },
            ],
            "responses": {
                "200": {"description": "The answer, in the format that Accept asks for"},
                "400": {"description": "The query does not parse"},
                "403": {"description": "SERVICE and LOAD are not allowed"},
                "406": {"description": "No format that Accept asks for fits"},
                "503": {"description": "Stopped at the time limit, or too many queries at once"},
                "507": {"description": "Stopped at the memory limit"},
            },
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": "Every fact with its sentence."},
        "paths": paths,
    }


_ANSWER = {"type": "object", "properties": {"sparql": {"type": "string"}}}
_ERROR = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["error"],
            "properties": {"error": {"type": "string"}, "to_do": {"type": ["string", "null"]}},
        }
    }
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": 400}
    if parameter.most is not None:
        schema = {"type": "integer", "minimum": 0, "maximum": parameter.most}
    elif parameter.among:
        schema["enum"] = list(parameter.among)
    if parameter.many:
        schema = {"type": "array", "items": schema}
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": schema,
    }
