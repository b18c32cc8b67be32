// Creates stories. A story without a title has none.
// $stories: [{id, title, createdAt, storedAt}]; times in milliseconds since 1970 UTC.
UNWIND $stories AS row
CREATE (:Story {
  id: row.id, title: row.title,
  createdAt: datetime({epochMillis: row.createdAt}), storedAt: datetime({epochMillis: row.storedAt})
})
