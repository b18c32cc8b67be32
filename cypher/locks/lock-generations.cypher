// The one global lock: held while generations are lifted, so that two lifts never run at once.
MATCH (l:Lock {name: 'generation'})
SET l.name = l.name
RETURN l.name AS name
