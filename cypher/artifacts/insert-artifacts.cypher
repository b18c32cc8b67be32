// Creates artifacts. Absent facts are null and become absent properties.
// $artifacts, as columns.
UNWIND range(0, size($artifacts.id) - 1) AS n
CREATE (:Artifact @artifact($artifacts[n]))
