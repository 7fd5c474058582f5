--- Stock and gifts over stores and channels.

return {}
