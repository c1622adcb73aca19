/** What the fuzz targets share; each target stands in the package of the parser that it looks at. */
package dev.tidemark.fuzz;
