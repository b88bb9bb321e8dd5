"""Templates of clauses in protobuf, both ways."""

from services.provider.domain.clauses import Parameter, ParameterKind, Template
from services.provider.wire.values import word
from sote.provider.v1 import clause_service_pb2 as pb


def template_of(message: pb.ClauseTemplate) -> Template:
    """A template as the county puts it."""
    return Template(
        code=message.code,
        parameters=tuple(
            Parameter(
                name=one.parameter,
                kind=word(ParameterKind, pb.ClauseParameterKind.Name(one.kind), "CLAUSE_PARAMETER_KIND_"),
                required=one.required,
                least=one.least,
                most=one.most,
            )
            for one in message.parameters
        ),
    )


def template_message(template: Template) -> pb.ClauseTemplate:
    """A template on the wire."""
    return pb.ClauseTemplate(
        code=template.code,
        parameters=[
            pb.ClauseParameter(
                parameter=one.name,
                kind=pb.ClauseParameterKind.Value(f"CLAUSE_PARAMETER_KIND_{one.kind}"),
                required=one.required,
                least=one.least,
                most=one.most,
            )
            for one in template.parameters
        ],
    )
