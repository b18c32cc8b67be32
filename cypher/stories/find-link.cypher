// A link by its key, and the artifact that is primary in its role now.
// $linkKey, $primarySlot. Columns: link and primary (a link), null where there is none.
OPTIONAL MATCH ()-[l:LINKED_AS {linkKey: $linkKey}]->()
OPTIONAL MATCH ()-[p:LINKED_AS {primarySlot: $primarySlot}]->()
RETURN CASE WHEN l IS NOT NULL THEN @storyLink(l) END AS link,
  CASE WHEN p IS NOT NULL THEN @storyLink(p) END AS primary
