// Creates stories. A story without a title has none.
// $stories, as columns.
UNWIND range(0, size($stories.id) - 1) AS n
CREATE (:Story @story($stories[n]))
