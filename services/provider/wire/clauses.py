"""Templates of clauses in protobuf, both ways."""

from services.chassis.words import value_of, word
from services.provider.domain.clauses import Parameter, ParameterKind, Template
from sote.provider.v1 import clause_service_pb2 as pb


def template_from(message: pb.ClauseTemplate) -> Template:
    """A template as the county puts it."""
    return Template(
        code=message.code,
        parameters=tuple(
            Parameter(
                name=parameter.parameter,
                kind=word(ParameterKind, pb.ClauseParameterKind, parameter.kind),
                required=parameter.required,
                least=parameter.least,
                most=parameter.most,
            )
            for parameter in message.parameters
        ),
    )


def template_message(template: Template) -> pb.ClauseTemplate:
    """A template on the wire."""
    return pb.ClauseTemplate(
        code=template.code,
        parameters=[
            pb.ClauseParameter(
                parameter=parameter.name,
                kind=value_of(pb.ClauseParameterKind, parameter.kind),
                required=parameter.required,
                least=parameter.least,
                most=parameter.most,
            )
            for parameter in template.parameters
        ],
    )
