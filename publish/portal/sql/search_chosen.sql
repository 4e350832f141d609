SELECT body_no FROM search_bodies
WHERE (:slug = '' OR slug = :slug) AND (:kind = '' OR kind = :kind) AND (:region = '' OR region = :region)
