"""The words by which a Toolkit workbook is understood, in English, French and Spanish.

All are written folded: in small letters, without accents, with a blank for every other sign. A head or label is
understood when every word of it is one of these.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FIELDS = {
    "group": (
        "group", "source group", "sg", "groupe", "groupe de sources", "groupe de source", "grupo", "grupo de fuentes",
        "grupo de fuente",
    ),
    "category": (
        "category", "cat", "source category", "source categories", "sub category", "subcategory", "categorie",
        "categorie de sources", "categorie de source", "sous categorie", "categoria", "categoria de fuentes",
        "categoria de fuente", "subcategoria",
    ),
    "class": (
        "class", "source class", "class id", "classification", "classe", "classe de source", "clase", "clasificacion",
    ),
    "name": (
        "name", "description", "designation", "sources", "source type", "type of source", "emission source",
        "source description", "process", "technology", "group category class", "source group category class",
        "source category and class", "total of", "nom", "type de source", "source d emission", "procede", "nombre",
        "descripcion", "tipo de fuente", "fuente", "fuentes", "proceso", "tecnologia",
    ),
    "site": ("site", "plant", "facility", "region", "installation", "usine", "sitio", "planta", "instalacion"),
    "share": (
        "share", "share of activity", "share of the category", "share of category", "part", "part de l activite",
        "proporcion", "participacion",
    ),
    "chemical": ("chemical", "substance", "pollutant", "substance chimique", "polluant", "sustancia", "contaminante"),
    "vector": (
        "vector", "release vector", "release route", "route", "medium", "compartment", "vecteur", "milieu",
        "via de liberacion", "medio",
    ),
    "residue_kind": ("residue kind", "kind of residue", "residue type", "type de residu", "tipo de residuo"),
    "activity": (
        "activity", "annual activity", "activity rate", "annual activity rate", "activity data", "activity level",
        "activite", "activite annuelle", "taux d activite", "donnees d activite", "niveau d activite", "actividad",
        "actividad anual", "production", "annual production", "consumption", "annual consumption", "throughput",
        "production annuelle", "consommation", "produccion", "produccion anual", "consumo", "tasa de actividad",
        "datos de actividad", "nivel de actividad",
    ),
    "factor": (
        "factor", "factors", "emission factor", "emission factors", "default emission factor",
        "default emission factors", "ef", "release factor", "release factors", "facteur", "facteurs",
        "facteur d emission", "facteurs d emission", "facteur d emission par defaut", "facteurs d emission par defaut",
        "fe", "factores", "factor de emision", "factores de emision", "factores de emision por defecto",
        "factor de emision por defecto",
    ),
    "release": (
        "release", "releases", "annual release", "annual releases", "emission", "emissions", "annual emission",
        "annual emissions", "potential release", "potential releases", "potential release route",
        "potential release routes", "estimated releases", "rejet", "rejets", "rejet annuel", "rejets annuels",
        "emissions annuelles", "liberacion", "liberaciones", "liberacion anual", "liberaciones anuales", "emision",
        "emisiones", "emisiones anuales",
    ),
    "origin": (
        "origin", "factor origin", "origin of factor", "origin of the factor", "origine", "origine du facteur",
        "origen", "origen del factor",
    ),
    "key": ("key", "notation key", "cle de notation", "cle", "clave", "clave de notacion"),
    "reason": ("reason", "explanation", "justification", "raison", "explication", "razon", "explicacion", "motivo"),
    "included_in": ("included in", "included elsewhere in", "inclus dans", "incluido en"),
    "technology_change_year": ("technology change year", "year of technology change", "year of the change"),
    "technology_change_reason": ("technology change reason", "technology change", "what changed"),
    "release_notes": ("notes on the releases", "notes on releases"),
    "aside": ("conversion", "conversion factor", "evidence", "evidence of the defaults", "no", "nr", "row"),
    "annex_c": ("annex c", "annex c line", "annex c category", "annexe c", "anexo c"),
    "nfr": ("nfr", "nfr code"),
    "notes": (
        "notes", "note", "remark", "remarks", "comment", "comments", "remarque", "remarques", "commentaire",
        "commentaires", "nota", "notas", "observaciones", "comentarios",
    ),
}  # fmt: skip
"""What a column holds, by the name of the flat table's column, with the heads it is recognised by.

A `name` tells the source in words, with or without its code; a column `aside` holds nothing of an inventory.
"""

PARTS = {
    "unit": ("unit", "units", "unite", "unites", "unidad", "unidades"),
    "source": (
        "source", "reference", "citation", "data source", "source of data", "source des donnees", "fuente de datos",
        "fuente de los datos", "referencia",
    ),
    "confidence": (
        "confidence", "level of confidence", "loc", "quality", "data quality", "confiance", "niveau de confiance",
        "qualite", "confianza", "nivel de confianza", "calidad",
    ),
    "year": ("year", "year of data", "annee", "ano"),
    "value": ("value", "amount", "quantity", "valeur", "quantite", "valor", "cantidad"),
}  # fmt: skip
"""What a column holds of the activity, factor or release that it stands beside or below."""

VECTORS = {
    "air": ("air", "to air", "dans l air", "vers l air", "aire", "al aire"),
    "water": ("water", "to water", "eau", "dans l eau", "vers l eau", "agua", "al agua"),
    "land": ("land", "to land", "soil", "sol", "terre", "dans le sol", "suelo", "tierra", "al suelo"),
    "product": (
        "product", "products", "in product", "in products", "produit", "produits", "dans le produit", "producto",
        "productos", "en producto",
    ),
    "residue": (
        "residue", "residues", "in residue", "in residues", "residu", "residus", "dans les residus", "residuo",
        "residuos", "en residuos",
    ),
}  # fmt: skip
RESIDUE_KINDS = {
    "fly ash": ("fly ash", "fly ashes", "cendres volantes", "cenizas volantes", "ceniza volante"),
    "bottom ash": (
        "bottom ash", "bottom ashes", "machefer", "machefers", "cendres residuelles", "cenizas de fondo",
        "ceniza de fondo",
    ),
    "bottom and fly ash": ("bottom and fly ash", "fly and bottom ash", "cenizas de fondo y volantes"),
}  # fmt: skip
ALL_VECTORS = ("total", "all vectors", "all", "sum", "tous", "somme", "todos", "suma")

SILENT = frozenset((
    "of", "to", "in", "the", "for", "by", "per", "from", "and", "or", "each", "default", "annual", "estimated",
    "potential", "total", "route", "routes", "vector", "vectors", "into", "your", "data", "national", "teq", "i", "who",
    "a", "an", "on", "de", "du", "des", "la", "le", "les", "l", "d", "en", "par", "pour", "et", "ou", "vers", "dans",
    "au", "aux", "annuel", "annuels", "annuelle", "del", "los", "las", "el", "y", "o", "por", "para", "al", "anual",
    "anuales",
))  # fmt: skip
"""Words that a head may have besides; alone they are no head."""

TOTALS = {
    "part": ("sub total", "subtotal", "subtotals", "sous total", "soustotal"),
    "any": (
        "total", "totals", "sum", "totaux", "somme", "suma", "totales", "overall", "total releases",
        "total annual releases",
    ),
    "all": (
        "grand total", "national total", "total national", "total inventory", "inventory total", "total general",
        "total nacional", "total all groups", "total of all groups", "total 1 10", "total 1 9", "total groups 1 10",
        "total all source groups",
    ),
}  # fmt: skip
"""The words that a row of sums begins with: of the rows above it, of what it stands in, of the whole inventory."""

LABELS = {
    "party": (
        "party", "country", "name of party", "name of country", "pays", "nom du pays", "partie", "pais",
        "nombre del pais", "parte",
    ),
    "year": (
        "reference year", "year", "inventory year", "year of inventory", "base year of inventory", "annee de reference",
        "annee", "annee d inventaire", "ano de referencia", "ano", "ano del inventario",
    ),
    "edition": (
        "toolkit edition", "edition", "edition of toolkit", "toolkit version", "edition du toolkit",
        "edition de l outil", "edicion", "edicion del instrumental", "edicion del toolkit",
    ),
    "teq_scheme": (
        "teq scheme", "tef scheme", "teq", "toxic equivalency scheme", "toxicity equivalents", "schema teq",
        "systeme teq", "facteurs d equivalence toxique", "esquema teq", "sistema teq",
    ),
    "population": ("population", "poblacion", "inhabitants", "habitants", "habitantes"),
    "submitted": ("submitted", "date of submission", "submission date", "date de soumission", "fecha de presentacion"),
    "baseline": ("baseline", "baseline year", "annee de base", "linea de base"),
    "scope": ("scope", "perimetre", "alcance"),
    "scope_vectors": ("scope vectors", "vectors covered"),
    "chemical": ("chemical", "substance", "sustancia"),
}  # fmt: skip
"""What a cover or the rows above a table say of the whole, by the name of the flat table's column."""

REMARKS = {
    "submission": ("notes", "remarks", "comments", "remarques", "commentaires", "observaciones", "comentarios"),
    "year": ("notes on the year", "remarks on the year", "remarques sur l annee", "observaciones sobre el ano"),
}  # fmt: skip
"""The labels of remarks on a cover, by what they are about."""

_LONGEST = 120
_RAISED = re.compile("[¹²³⁰⁴-⁹ᵃ-ᶿ]")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text in small letters, without accents and footnote marks, with one blank for every other sign."""
    plain = unicodedata.normalize("NFKD", _RAISED.sub("", text[:_LONGEST])).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in kept).split())
