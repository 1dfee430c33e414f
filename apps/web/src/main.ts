import { createWebHistory } from 'vue-router'
import './main.css'
import { createTrueup } from './trueup.ts'

createTrueup({ history: createWebHistory() }).app.mount('#app')
