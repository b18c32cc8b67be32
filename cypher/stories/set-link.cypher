// Changes a link. The story's lock is held; whoever makes a link primary has demoted the one before.
// $linkKey, $isPrimary, $primarySlot (null for a link that is no primary), $position, $updatedAt. No columns.
MATCH ()-[l:LINKED_AS {linkKey: $linkKey}]->()
SET l.isPrimary = $isPrimary, l.primarySlot = $primarySlot, l.position = $position,
  l.updatedAt = datetime({epochMillis: $updatedAt})
