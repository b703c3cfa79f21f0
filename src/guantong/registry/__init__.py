"""Registry (名录): institutions, programmes, plans and districts: types and look-up; the data are contents."""

from guantong.registry.institutions import Institution, InstitutionKind, Registry
from guantong.registry.partnerships import Partnership
from guantong.registry.plans import PlanFile, Plans, Readiness, YearFigures
from guantong.registry.programmes import Programme, ProjectType
from guantong.registry.projects import Project, ProjectFile, Projects
from guantong.registry.stages import Stage

__all__ = [
    "Institution",
    "InstitutionKind",
    "Partnership",
    "PlanFile",
    "Plans",
    "Programme",
    "Project",
    "ProjectFile",
    "ProjectType",
    "Projects",
    "Readiness",
    "Registry",
    "Stage",
    "YearFigures",
]
